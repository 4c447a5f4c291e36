import { EnvironmentBroken } from '../core/errors.ts'

/** Ethernet frames as QEMU's `-netdev stream` sends them: each after its length, 4 bytes big-endian (net/stream.c). */
export const HEADER = 4
/** Two addresses and a type: nothing shorter is a frame. */
const SHORTEST = 14
/** QEMU's own buffer for one (NET_BUFSIZE, include/net/net.h). */
const LONGEST = 4096 + 65_536

/** A frame with its length before it, ready to be sent on as it came. */
export type Packet = Buffer

/** Cuts what comes from a socket into frames, whatever the pieces. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0)

  /** The frames that are whole now; their bytes are not copied. @throws EnvironmentBroken when it cannot be a frame */
  push(chunk: Buffer): Packet[] {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk
    const packets: Packet[] = []
    let at = 0
    while (bytes.length - at >= HEADER) {
      const length = bytes.readUInt32BE(at)
      if (length < SHORTEST || length > LONGEST) throw notAFrame(length)
      const end = at + HEADER + length
      if (end > bytes.length) break
      packets.push(bytes.subarray(at, end))
      at = end
    }
    this.#rest = bytes.subarray(at)
    return packets
  }
}

/** Puts the length before a frame. */
export function packet(frame: Buffer): Packet {
  const header = Buffer.alloc(HEADER)
  header.writeUInt32BE(frame.length)
  return Buffer.concat([header, frame])
}

/** The address a frame is for, as a number: cheaper to compare and to keep than text. */
export const destinationOf = (packet: Packet): number => packet.readUIntBE(HEADER, 6)
export const sourceOf = (packet: Packet): number => packet.readUIntBE(HEADER + 6, 6)

/** Broadcast or multicast: the lowest bit of the first byte (IEEE 802.3, 3.2.3). */
export const isForMany = (packet: Packet): boolean => ((packet[HEADER] ?? 0) & 1) === 1

const notAFrame = (length: number): EnvironmentBroken =>
  new EnvironmentBroken(`What came from a network card is no frame: it would be ${length} bytes long`)
