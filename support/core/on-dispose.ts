/** The same object, with something more to do at its end, however that goes. */
export function onDispose<Ends extends AsyncDisposable>(one: Ends, then: () => Promise<void> | void): Ends {
  const end = one[Symbol.asyncDispose].bind(one)
  one[Symbol.asyncDispose] = async () => {
    try {
      await end()
    } finally {
      await then()
    }
  }
  return one
}
