/** Containers and Kubernetes. What is asked goes to a daemon or over the network: no file system that is read-only holds it back. */
import { needs, options } from '../rule/options.ts'
import { each, type Programs, type Rule, unknownWord } from '../rule/rule.ts'
import { verbs } from '../rule/verbs.ts'

/** By no detour. */
const leadsTo = (known: RegExp, value: string): boolean => known.test(value) && !/(^|\/)\.\.(\/|$)/.test(value)

/** One of its values could lead to another program: it is known to lead to none. */
const withLocal =
  (option: RegExp, known: RegExp, rule: Rule): Rule =>
  (args, context, name) => {
    const wrong = args.find(({ start, text, raw }, at) => {
      const [, given = start, value] = /^(--\w+)=([\s\S]*)$/.exec(start) ?? []
      const attached = value ?? (/^-c./.test(start) && option.test('-c') ? start.slice(2) : undefined)
      const isIt = option.test(attached !== undefined && value === undefined ? '-c' : given)
      const whole = attached === undefined ? args[at + 1]?.text : text && attached
      return raw !== '' && isIt && !leadsTo(known, whole ?? '?')
    })
    return wrong ? unknownWord(wrong.raw, name) : rule(args, context, name)
  }

const CONTAINER = { 'ps list ls inspect logs top stats port diff': '*' }

const containers = verbs('-Dl: --debug --log-level= --version', {
  '': '',
  'ps images inspect logs top stats info version port diff events history': '*',
  container: verbs('', CONTAINER),
  image: verbs('', { 'ls list inspect history': '*' }),
  volume: verbs('', { 'ls list inspect': '*' }),
  network: verbs('', { 'ls list inspect': '*' }),
  system: verbs('', { 'df info events': '*' }),
  context: verbs('', { 'ls list show inspect': '*' }),
  'node service stack config secret': verbs('', { 'ls list ps inspect services logs': '*' }),
  pod: verbs('', { 'ps list ls inspect logs top stats': '*' }),
  compose: verbs('-f:p: --file= --project-name= --project-directory= --profile= --env-file= --ansi=', {
    'ps ls logs top images version': '*',
    config: '-q --quiet --services --images --volumes --profiles --format= --hash=',
  }),
})

const KUBE =
  '-n:A --namespace= --context= --kubeconfig= --cluster= --user= --all-namespaces --request-timeout= -s: --server= --insecure-skip-tls-verify[= --as= --as-group='

const SHOWN =
  '-o:l:w --output= --selector= --watch[= --show-labels --no-headers --sort-by= --field-selector= --label-columns= -L: --ignore-not-found --show-kind --chunk-size= --raw= --template= --output-watch-events --server-print[= --show-managed-fields --subresource= -f: --filename= -R --recursive'

/** A file there may name a program that is run for a password. */
const ADMINISTERED = /^(\/(etc|root|home|run|var\/lib|nix)\/|~\/|$)/

const kubectl: Rule = withLocal(
  /^--kubeconfig$/,
  ADMINISTERED,
  verbs(KUBE, {
    get: `${SHOWN} ...`,
    describe: '-l:f: --selector= --filename= --show-events[= --chunk-size= ...',
    logs: '-fpc:l: --follow --previous --container= --selector= --tail= --since= --since-time= --timestamps --all-containers[= --prefix --max-log-requests= --limit-bytes= --ignore-errors --pod-running-timeout= ...',
    top: verbs(KUBE, {
      'node nodes pod pods po no':
        '-l: --selector= --containers --no-headers --sort-by= --sum --use-protocol-buffers ...',
    }),
    version: '-o: --client[= --output= --short',
    'cluster-info': '',
    'api-resources':
      '-o: --namespaced[= --api-group= --verbs= --output= --no-headers --sort-by= --categories= --cached',
    'api-versions options': '',
    explain: '--recursive --api-version= --output= ...',
    wait: '-f:l: --for= --timeout= --selector= --filename= --all ...',
    auth: verbs(KUBE, { 'can-i': '-q --list --quiet --no-headers --subresource= ...', whoami: '-o: --output=' }),
    rollout: verbs(KUBE, { 'status history': '-w: --watch[= --timeout= --revision= ...' }),
    events: '-o:w --for= --types= --output= --watch --no-headers ...',
    config: verbs(KUBE, {
      view: '-o: --minify --flatten --raw --output=',
      'current-context get-contexts get-clusters get-users': '-o: --output= --no-headers ..1',
    }),
  }),
)

const HELM = '-n:A --namespace= --all-namespaces --kube-context= --kubeconfig= -o: --output='

export const CONTAINERS: Programs = {
  ...each('docker podman nerdctl', containers),
  'docker-compose': verbs('-f:p: --file= --project-name= --project-directory=', {
    'ps ls logs top images version': '*',
  }),
  kubectl,
  k3s: verbs('--version', { kubectl, 'check-config': '' }),
  k0s: verbs('', { kubectl, status: '', version: '' }),
  helm: withLocal(
    /^--kubeconfig$/,
    ADMINISTERED,
    verbs(HELM, {
      'list ls':
        '-aqrdf:m: --all --deployed --failed --pending --filter= --short --date --reverse --max= --selector= -l: --time-format=',
      status: '--revision= --show-desc --show-resources ..1',
      history: '--max= ..1',
      get: verbs(HELM, { 'all values manifest notes hooks metadata': '-a --all --revision= --template= ..1' }),
      'version env': '--short --template= ..1',
      repo: verbs(HELM, { list: '' }),
    }),
  ),
  crictl: verbs('-r: --runtime-endpoint= -t: --timeout= -D --debug', {
    'ps pods images img image inspect inspecti inspectp logs stats statsp info version imagefsinfo': '*',
  }),
  ctr: verbs('-n:a: --namespace= --address=', {
    'containers container c': verbs('', { 'list ls info': '-q ..1' }),
    'images image i': verbs('', { 'list ls': '-q' }),
    'tasks task t': verbs('', { 'list ls ps': '-q ..1' }),
    'namespaces namespace ns': verbs('', { 'list ls': '-q' }),
    version: '',
  }),
  etcdctl: verbs('-w: --endpoints= --cacert= --cert= --key= --write-out= --command-timeout=', {
    get: '--prefix --keys-only --limit= --print-value-only --from-key --count-only ...',
    endpoint: verbs('-w: --write-out= --cluster', { 'status health hashkv': '' }),
    member: verbs('-w: --write-out=', { list: '' }),
    alarm: verbs('', { list: '' }),
    version: '',
  }),
  virsh: withLocal(
    /^(-c|--connect)$/,
    /^(qemu|lxc|xen|vbox|ch|test|bhyve):\/\/\/(system|session|default)?$/,
    verbs('-rqc: --readonly --quiet --connect=', {
      'list dominfo domstate domblklist domiflist domifaddr net-list net-info pool-list pool-info vol-list nodeinfo version capabilities dumpxml net-dumpxml':
        '*',
    }),
  ),
  incus: verbs('', { 'list info version': '*' }),
  lxc: verbs('', { 'list info version': '*' }),
  'lxc-ls': options('-f1 --fancy --active --running'),
  flux: withLocal(
    /^--kubeconfig$/,
    ADMINISTERED,
    verbs('-n:A --namespace= --all-namespaces --kubeconfig=', { 'get check version stats': '*' }),
  ),
  skopeo: options('--version', needs('--version')),
}
