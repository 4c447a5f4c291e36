/** Types of partitions, which are said in three ways: sgdisk's short code, the GUID behind it, and the number of a legacy table. Pure. */

/** Those of a GPT that sgdisk has a short code for (`sgdisk -L`; UEFI, discoverable partitions specification). */
const CODES: Readonly<Record<string, string>> = {
  'c12a7328-f81f-11d2-ba4b-00a0c93ec93b': 'EF00',
  '21686148-6449-6e6f-744e-656564454649': 'EF02',
  '0fc63daf-8483-4772-8e79-3d69d8477de4': '8300',
  '0657fd6d-a4ab-43c4-84e5-0933c84b4f4f': '8200',
  '933ac7e1-2eb4-4f13-b844-0e14e2aef915': '8302',
  '4f68bce3-e8cd-4db1-96e7-fbcaf984b709': '8304',
  '3b8f8425-20e0-4f3b-907f-1a25a76f98e8': '8306',
  'ca7d7ccb-63ed-4c53-861c-1742536059cc': '8309',
  'e6d6d379-f507-44c2-a23c-238f2a3df928': '8E00',
  'bc13c2ff-59e6-4262-a352-b275fd6f7172': 'EA00',
  'a19d880f-05fc-4d3b-a006-743f0f84911e': 'FD00',
  'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7': '0700',
}

/** What two words for a type are compared by: a code where there is one, else the word in capitals. */
export const samePartitionType = (word: string): string => CODES[word.toLowerCase()] ?? word.toUpperCase()

/** Of a legacy table: fdisk(8)'s number, `83`, which blkid(8) writes `0x83`. */
const LEGACY = /^(?:0x)?([0-9a-f]{1,2})$/i
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The type of a partition that is there, or that a feature asks for; undefined for a word that names none. */
export function partitionType(word: string): string | undefined {
  const legacy = LEGACY.exec(word)?.[1]
  if (legacy !== undefined) return `0x${legacy.toLowerCase()}`
  const same = samePartitionType(word)
  return GUID.test(word) || Object.values(CODES).includes(same) ? same : undefined
}
