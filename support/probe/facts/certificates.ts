import { X509Certificate } from 'node:crypto'
import { sh } from '../../core/command.ts'
import { PIECE, pieces } from './pieces.ts'
import { type Section, sorted } from './section.ts'

/** Where NixOS's modules and their like put certificates of servers; authorities' bundles are part of the closure. */
const USUAL = [
  sh`/var/lib/acme/*/cert.pem /etc/letsencrypt/live/*/cert.pem /etc/ssl/*.pem /etc/ssl/*.crt`,
  sh`/etc/kubernetes/pki/*.crt /var/lib/kubernetes/secrets/*.pem`,
  sh`/var/lib/rancher/k3s/server/tls/*.crt /var/lib/rancher/k3s/agent/*.crt`,
]

/**
 * Until when the certificates of servers hold: the usual places, and what the configuration of a running nginx names. The first
 * certificate of each file comes over as it is, and is read here: NixOS has no openssl in its path.
 */
export const certificatesSection: Section = {
  name: 'certificates',
  tool: 'sed',
  command: sh`${PIECE}
conf=$(systemctl show --property=ExecStart --value nginx.service 2>/dev/null | grep -o "[^ ';]*nginx[^ ';]*[.]conf" | sort -u)
named=$([ -z "$conf" ] || sed -n 's/^[[:space:]]*ssl_certificate[[:space:]]*\\([^;]*\\);.*/\\1/p' $conf 2>/dev/null | sort -u)
count=0
for file in ${{ script: USUAL.map(({ script }) => script).join(' ') }} $named; do
  [ -f "$file" ] && [ -r "$file" ] && [ $count -lt 100 ] || continue
  count=$((count + 1))
  piece "$file"
  piece "$(sed -n '/BEGIN CERTIFICATE/,/END CERTIFICATE/p;/END CERTIFICATE/q' "$file")"
done
exit 0`,
  parse(text, bytes = Buffer.from(text)) {
    const said = pieces(bytes)
    const paths = said.filter((_, at) => at % 2 === 0)
    return sorted(paths.flatMap((path, at) => certificate(path, said[2 * at + 1] ?? '')))
  },
}

function certificate(path: string, pem: string): [string, string][] {
  // A private key, or an empty file.
  if (!pem.includes('BEGIN CERTIFICATE')) return []
  try {
    const { validTo, subject } = new X509Certificate(pem)
    const until = new Date(validTo).toISOString().slice(0, 10)
    return [[path, `until ${until}, ${subject?.split('\n').join(', ') || 'no subject'}`]]
  } catch {
    return [[path, 'no certificate that can be read']]
  }
}
