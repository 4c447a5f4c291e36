# QEMU's user network (net/slirp.c, libslirp) for one card, such that the gateway that the host expects answers. It answers ARP and NDP
# for `host` and `dns` alone, and forwards whatever reaches it there: the guest's own address may lie anywhere. Of IPv6 it answers for
# the same two, also with their last 64 bits below fe80::, and it announces itself as fe80::2.
{
  # [ { address; prefixLength; } ], texts and numbers.
  addresses,
  gateways,
  nameservers,
  # Of the card, for networks that must not overlap.
  index,
  # Networks of the other cards, as [ { address; prefixLength; } ].
  others,
}:
let
  inherit (builtins)
    all
    any
    concatStringsSep
    elem
    elemAt
    filter
    genList
    head
    ;
  ip = import ./address.nix;
  parsed = texts: filter (address: address != null) (map ip.parse texts);
  own = filter ({ at, ... }: at != null) (
    map ({ address, prefixLength, ... }: { at = ip.parse address; bits = prefixLength; }) addresses
  );
  first = list: if list == [ ] then null else head list;
  of = family: filter (address: ip.isV6 address == family);
  own4 = filter ({ at, ... }: !(ip.isV6 at)) own;
  gateway4 = first (of false (parsed gateways));
  gateway6 = first (of true (parsed gateways));

  # --- IPv4
  # Small networks have no room for the addresses that QEMU wants to be different.
  roomy = bits: bits >= 8 && bits <= 29;
  centre = if gateway4 != null then gateway4 else (head own4).at;
  holder = first (filter ({ at, bits }: roomy bits && ip.together bits at centre) own4);
  # Around a gateway that is in no network of the host's, as small as can be.
  around =
    bits:
    let
      place = ip.toNumber centre - ip.toNumber (ip.start bits centre);
    in
    if bits > 8 && (place == 0 || place == ip.power (32 - bits) - 1) then around (bits - 1) else bits;
  bits4 = if holder != null then holder.bits else around 29;
  inNet = ip.together bits4 centre;
  nameserver = first (filter inNet (of false (parsed nameservers)));
  base = ip.toNumber (ip.start bits4 centre);
  taken = map ({ at, ... }: at) own4 ++ of false (parsed gateways) ++ (if nameserver == null then [ ] else [ nameserver ]);
  # From the end, where people put nothing.
  free = filter (address: !elem address taken) (
    genList (at: ip.fromNumber (base + ip.power (32 - bits4) - 2 - at)) (if bits4 >= 28 then ip.power (32 - bits4) - 2 else 12)
  );
  # A gateway that answers for names, too, is QEMU's name server, which forwards as well.
  host4 = if gateway4 == null || gateway4 == nameserver then elemAt free 0 else gateway4;
  dns4 = if nameserver != null then nameserver else elemAt free 1;
  dhcp4 =
    let
      mine = first (filter ({ at, ... }: inNet at && at != host4 && at != dns4) own4);
    in
    if mine == null then elemAt free 2 else mine.at;

  v4 = [
    "net=${ip.show (ip.start bits4 centre)}/${toString bits4}"
    "host=${ip.show host4}"
    "dns=${ip.show dns4}"
    "dhcpstart=${ip.show dhcp4}"
  ];

  # By DHCP: QEMU's own network, or another one where the host uses that.
  overlaps =
    candidate:
    any (
      { address, prefixLength, ... }:
      let
        at = ip.parse address;
      in
      at != null && !(ip.isV6 at) && ip.together (if prefixLength < 24 then prefixLength else 24) at (ip.parse candidate)
    ) (others ++ addresses);
  candidates = map (third: "10.0.${toString (third + index)}.0") [ 2 52 ] ++ [
    "172.27.${toString (2 + index)}.0"
    "192.168.${toString (230 + index)}.0"
  ];
  usual = first (filter (candidate: !overlaps candidate) candidates ++ [ (head candidates) ]);
  dynamic = if usual == "10.0.2.0" then [ ] else [ "net=${usual}/24" ];

  # --- IPv6
  low = { words, ... }: genList (at: elemAt words (4 + at)) 4;
  high = { words, ... }: genList (elemAt words) 4;
  prefix6 =
    if gateway6 != null && !(ip.isLinkLocal gateway6) then high gateway6 else [ 65216 0 0 index ];
  below = last: { size = 16; words = prefix6 ++ last; };
  host6 = below (if gateway6 == null then [ 0 0 0 2 ] else low gateway6);
  dns6 = head (
    filter (address: address != host6 && all ({ at, ... }: at != address) own) (map (last: below [ 0 0 0 last ]) [ 2 3 4 5 6 7 8 9 ])
  );
  v6 = [
    "ipv6-prefix=${ip.show (below [ 0 0 0 0 ])}"
    "ipv6-prefixlen=64"
    "ipv6-host=${ip.show host6}"
    "ipv6-dns=${ip.show dns6}"
  ];
in
{
  # What follows `-netdev user,id=…`.
  arguments = concatStringsSep "," (
    (if own4 == [ ] && gateway4 == null then dynamic else v4) ++ (if gateway6 == null && index == 0 then [ ] else v6)
  );
  # Gateways that answer, as the host writes them; further ones do not.
  answered = filter (
    gateway:
    let
      at = ip.parse gateway;
    in
    at != null && (at == gateway4 || at == gateway6)
  ) gateways;
}
