/** `@machine:web1`: the tag of a scenario that is run for this machine, put there for each machine with its role. */
interface Tagged {
  readonly tags: readonly { readonly name: string }[]
}

export const MACHINE_TAG = '@machine:'

export const taggedMachine = ({ tags }: Tagged): string | undefined =>
  tags.find(({ name }) => name.startsWith(MACHINE_TAG))?.name.slice(MACHINE_TAG.length)
