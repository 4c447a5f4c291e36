/** How kubectl is told which cluster is meant, where it is told. What is left out is found out: see `find-kubectl.ts`. */
export interface ClusterAccess {
  /** Path of a kubeconfig, on the computer on which kubectl runs. */
  readonly kubeconfig?: string
  /** One of its contexts; its current one when left out. */
  readonly context?: string
}

/** What is asked, and of which cluster. */
export interface Asked<Query> {
  readonly query: Query
  readonly access: ClusterAccess
}
