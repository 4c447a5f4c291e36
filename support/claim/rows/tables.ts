/** Every Then sentence and its rows, which stand beside the claim of which they speak; a domain is one file and one line here. */

import { groupRows } from '../accounts/group.rows.ts'
import { userRows } from '../accounts/user.rows.ts'
import { commandRows } from '../command.rows.ts'
import { consoleRows } from '../console.rows.ts'
import { fileRows } from '../files/file.rows.ts'
import { fileContentRows } from '../files/file-content.rows.ts'
import { apiReachRows } from '../kubernetes/control-plane/api-reach.rows.ts'
import { certificateRows } from '../kubernetes/control-plane/certificates.rows.ts'
import { controlPlaneRows } from '../kubernetes/control-plane/control-plane.rows.ts'
import { clusterRows } from '../kubernetes/nodes/cluster.rows.ts'
import { nodeRows } from '../kubernetes/nodes/node.rows.ts'
import { nodeAgainRows } from '../kubernetes/nodes/node-again.rows.ts'
import { nodePropertyRows } from '../kubernetes/nodes/node-properties.rows.ts'
import { onlyNodeRows } from '../kubernetes/nodes/only-node.rows.ts'
import { logRows } from '../kubernetes/pods/logs.rows.ts'
import { podRows } from '../kubernetes/pods/pod.rows.ts'
import { podsRows } from '../kubernetes/pods/pods.rows.ts'
import { ingressRows } from '../kubernetes/resources/ingress.rows.ts'
import { matchRows } from '../kubernetes/resources/match.rows.ts'
import { permissionRows } from '../kubernetes/resources/permission.rows.ts'
import { resourceRows } from '../kubernetes/resources/resource.rows.ts'
import { secretRows } from '../kubernetes/resources/secret.rows.ts'
import { serviceEndpointsRows } from '../kubernetes/resources/service-endpoints.rows.ts'
import { workloadRows } from '../kubernetes/resources/workload.rows.ts'
import { httpRows } from '../network/http.rows.ts'
import { peerRows } from '../network/peer.rows.ts'
import { portRows } from '../network/port.rows.ts'
import { reachRows } from '../network/reach.rows.ts'
import { screenRows } from '../screen.rows.ts'
import { partitionRows } from '../storage/partition.rows.ts'
import { storageRows } from '../storage/storage.rows.ts'
import { bootLoaderRows } from '../system/boot-loader.rows.ts'
import { systemRows } from '../system/system.rows.ts'
import { timeZoneRows } from '../system/time-zone.rows.ts'
import { journalRows } from '../units/journal.rows.ts'
import { serviceRows } from '../units/service.rows.ts'
import { faultRows } from './fault.rows.ts'
import { healthRows } from './health.rows.ts'
import { machineRows } from './machine.rows.ts'
import type { ClaimTable } from './row.ts'

export const TABLES: Readonly<Record<string, ClaimTable>> = {
  system: { ...systemRows, ...timeZoneRows, ...bootLoaderRows },
  screen: screenRows,
  machine: machineRows,
  fault: faultRows,
  console: consoleRows,
  command: commandRows,
  file: { ...fileRows, ...fileContentRows },
  group: groupRows,
  health: healthRows,
  http: httpRows,
  journal: journalRows,
  network: peerRows,
  pod: { ...podRows, ...podsRows },
  cluster: { ...clusterRows, ...controlPlaneRows, ...certificateRows, ...apiReachRows, ...onlyNodeRows },
  node: { ...nodeRows, ...nodeAgainRows, ...nodePropertyRows },
  log: logRows,
  permission: permissionRows,
  resource: { ...resourceRows, ...secretRows, ...matchRows },
  workload: { ...workloadRows, ...serviceEndpointsRows, ...ingressRows },
  port: { ...portRows, ...reachRows },
  service: serviceRows,
  storage: { ...storageRows, ...partitionRows },
  user: userRows,
}

/** Sentences whose rows are yet to be written, by domain. This list only becomes shorter: the check refuses one that has rows. */
export const OPEN: readonly string[] = []

/** Sentences that no answer of a machine decides, with the reason. */
export const NOT_ASKED: Readonly<Record<string, string>> = {
  cache: 'judged by what Nix says of a binary cache; see support/flake/cache',
  entry: 'judged by Nix before there is a machine; see support/flake/entry',
  flake: 'judged by Nix before there is a machine; see support/nix and support/flake',
  layout: 'judged by Nix before there is a machine; see support/flake/layout',
  target: 'judged by one look at the machine that is to be wiped; see support/target/rows',
}
