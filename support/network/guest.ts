/** What is said to a machine so that it takes part. All of it is gone with the next boot. Knows no machine. */
import { type Command, sh } from '../core/command.ts'

/** dhcpcd as NixOS sets it up leaves everything named vnet* alone. */
export const CARD = 'vnet-nixcumber'

const RULES = '/run/udev/rules.d/00-nixcumber.rules'
const NETWORKD = '/run/systemd/network/00-nixcumber.network'
const HOSTS = '/run/nixcumber/hosts'
const OWN_HOSTS = '/run/nixcumber/hosts.own'

/**
 * Before the card comes: its name, and that no network manager takes it over (udev(7), NetworkManager's
 * NM_UNMANAGED, systemd.network(5)). Prints the machine's routes.
 */
export const expectCard = (mac: string): Command => sh`
test "$(id -u)" = 0 || { echo 'only root can set up a network card' >&2; exit 77; }
umask 022
mkdir -p /run/udev/rules.d /run/systemd/network /run/nixcumber
printf '%s\n' ${udevRule(mac)} > ${RULES}
printf '%s\n' ${`[Match]\nMACAddress=${mac}\n[Link]\nUnmanaged=yes`} > ${NETWORKD}
udevadm control --reload 2> /dev/null
if systemctl --quiet is-active systemd-networkd; then networkctl reload; fi
ip -4 route show`

const udevRule = (mac: string): string =>
  `ACTION=="add", SUBSYSTEM=="net", ATTR{address}=="${mac}", NAME="${CARD}", ENV{NM_UNMANAGED}="1"`

/** Networks that the machine has a route to without ours, from `ip route show`. The default route leads everywhere and takes nothing. */
export const parseRoutes = (text: string): string[] =>
  text.split('\n').flatMap(line => {
    const network = /^(?:[a-z]+ )?(\d+(?:\.\d+){3}(?:\/\d+)?)/.exec(line)?.[1]
    return network === undefined || line.includes(` dev ${CARD} `) ? [] : [network]
  })

/** Where a machine is on the network, and who else is. */
export interface Place {
  readonly card: string
  readonly address: string
  /** The other machines' addresses by name. */
  readonly others: Readonly<Record<string, string>>
}

/**
 * Gives the card its address, and the machine the names. /etc/hosts is a link into the read-only store, so another file is put
 * over it: its own content with our lines first, since a name that leads elsewhere in the real world must lead to the machine here.
 */
export const takePart = ({ card, address, others }: Place): Command => sh`set -e
umask 022
ip addr flush dev ${card} scope global
ip addr add ${`${address}/24`} broadcast + dev ${card}
ip link set ${card} up
mkdir -p /run/nixcumber
if ! test /etc/hosts -ef ${HOSTS}; then
  cat /etc/hosts > ${OWN_HOSTS}
  : > ${HOSTS}
  mount --bind ${HOSTS} /etc/hosts
fi
{ printf '%s\n' ${hostLines(others)}; cat ${OWN_HOSTS}; } > ${HOSTS}`

const hostLines = (others: Place['others']): string[] =>
  Object.entries(others).map(([name, address]) => `${address} ${name}`)
