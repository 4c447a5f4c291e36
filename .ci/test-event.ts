/** What our reporters read of node:test's events (Node.js documentation, "Class: TestsStream"). */
export interface TestEvent {
  readonly type: string
  readonly data: {
    readonly name?: string
    readonly file?: string
    readonly skip?: string | boolean
    readonly details?: { readonly type?: string; readonly error?: { readonly cause?: unknown } }
  }
}
