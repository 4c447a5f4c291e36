/** The network of a target, as ip(8) and udev tell it. */
import { z } from 'zod'
import { sh } from '../../core/command.ts'
import { fromJson, type Part, pairs } from './part.ts'

export interface NetworkLink {
  readonly name: string
  /** `ether`, `loopback`. */
  readonly type: string
  /** Of an Ethernet card its MAC address, in small letters. */
  readonly mac?: string
  /** Its own one where it has another now, as in a bond: `permaddr` of ip-link(8). */
  readonly permanentMac?: string
  /** The bond or bridge that it is a part of, which has its addresses then. */
  readonly master?: string
  readonly isUp: boolean
  readonly addresses: readonly LinkAddress[]
}

export interface LinkAddress {
  readonly address: string
  readonly prefix: number
  /** `global`, `link`, `host`. */
  readonly scope: string
  /** It has come by DHCP or by router advertisements, and ends unless it comes again. */
  readonly isDynamic: boolean
}

const addresses = z.array(
  z.object({
    ifname: z.string(),
    link_type: z.string(),
    address: z.string().optional(),
    ...{ permaddr: z.string().optional(), master: z.string().optional() },
    flags: z.array(z.string()),
    addr_info: z
      .array(
        z.object({
          local: z.string().optional(),
          prefixlen: z.number().optional(),
          scope: z.string().default(''),
          dynamic: z.boolean().default(false),
        }),
      )
      .default([]),
  }),
)

export const network: Part<readonly NetworkLink[]> = {
  tool: 'ip',
  command: sh`timeout 10 ip -j addr`,
  parse: text =>
    addresses.parse(fromJson(text)).map(({ ifname, link_type, address, permaddr, master, flags, addr_info }) => ({
      name: ifname,
      type: link_type,
      ...(address === undefined ? {} : { mac: address.toLowerCase() }),
      ...(permaddr === undefined ? {} : { permanentMac: permaddr.toLowerCase() }),
      ...(master === undefined ? {} : { master }),
      isUp: flags.includes('UP'),
      addresses: addr_info.flatMap(({ local, prefixlen, scope, dynamic }) =>
        local === undefined || prefixlen === undefined
          ? []
          : [{ address: local, prefix: prefixlen, scope, isDynamic: dynamic }],
      ),
    })),
}

export interface Route {
  /** `default`, or a network: `10.0.2.0/24`. */
  readonly to: string
  readonly gateway?: string
  readonly link?: string
  /** The gateway is in no network of the link, and is reached on it all the same. */
  readonly isOnLink: boolean
}

const routes = z.array(
  z.object({
    dst: z.string(),
    gateway: z.string().optional(),
    dev: z.string().optional(),
    flags: z.array(z.string()).default([]),
  }),
)

const parseRoutes = (text: string): readonly Route[] =>
  routes.parse(fromJson(text === '' ? '[]' : text)).map(({ dst, gateway, dev, flags }) => ({
    to: dst,
    ...(gateway === undefined ? {} : { gateway }),
    ...(dev === undefined ? {} : { link: dev }),
    isOnLink: flags.includes('onlink'),
  }))

export const routes4: Part<readonly Route[]> = {
  tool: 'ip',
  command: sh`timeout 10 ip -j -4 route`,
  parse: parseRoutes,
}
export const routes6: Part<readonly Route[]> = {
  tool: 'ip',
  command: sh`timeout 10 ip -j -6 route`,
  parse: parseRoutes,
}

/** A network card: what has a device behind it. */
export interface NetworkCard {
  /** What it is called now. */
  readonly name: string
  /** Names that udev's net_id has for it, in the order of systemd's 99-default.link: onboard, slot, path. systemd.net-naming-scheme(7). */
  readonly predicted: readonly string[]
}

const NAMES = ['ID_NET_NAME_ONBOARD', 'ID_NET_NAME_SLOT', 'ID_NET_NAME_PATH'] as const

export const cards: Part<readonly NetworkCard[]> = {
  tool: 'udevadm',
  command: sh`for card in /sys/class/net/*; do
[ -e "$card/device" ] || continue
printf 'card %s\n' "\${card##*/}"
timeout 10 udevadm info -q property -p "$card" || exit
done`,
  parse(text) {
    const found: { name: string; said: Map<string, string> }[] = []
    for (const line of text.split('\n')) {
      const [[key, value] = ['', '']] = pairs(line)
      if (key === 'card') found.push({ name: value, said: new Map() })
      const equals = line.indexOf('=')
      if (equals > 0) found.at(-1)?.said.set(line.slice(0, equals), line.slice(equals + 1))
    }
    return found.map(({ name, said }) => ({
      name,
      predicted: NAMES.map(key => said.get(key)).filter(value => value !== undefined),
    }))
  },
}
