# A disko layout as plain data (config.disko.devices, disko's lib/types). Sent to Nix as text; what disko's older versions lack is told as
# they meant it, and what is not known here keeps its name and nothing else.
let
  inherit (builtins) attrNames attrValues sort;

  values = set: map (name: { inherit name; } // set.${name}) (attrNames set);
  text = value: builtins.unsafeDiscardStringContext (toString value);
  maybe = value: if value == null then null else text value;

  node =
    content:
    if content == null then
      null
    else
      { inherit (content) type; } // (kinds.${content.type} or (_: { strange = true; })) content;

  kinds = {
    gpt = content: {
      partitions = map partition (
        sort (a: b: a.priority or 1000 < b.priority or 1000) (values content.partitions)
      );
    };
    table = content: {
      partitions = map (entry: {
        name = maybe (entry.name or null);
        type = entry.part-type or "primary";
        size = "${entry.start or "0%"} to ${entry.end or "100%"}";
        content = node entry.content;
      }) content.partitions;
    };
    filesystem = content: {
      format = text content.format;
      mountPoint = maybe content.mountpoint;
    };
    btrfs = content: {
      mountPoint = maybe (content.mountpoint or null);
      subvolumes = map (volume: {
        name = text volume.name;
        mountPoint = maybe volume.mountpoint;
      }) (subvolumes content);
      swapFiles = swapFiles content ++ builtins.concatMap swapFiles (subvolumes content);
    };
    swap = content: { randomKey = content.randomEncryption or false; };
    luks = content: {
      name = text content.name;
      content = node content.content;
    };
    mdraid = content: { array = text content.name; };
    lvm_pv = content: { group = text content.vg; };
    zfs = content: { pool = text content.pool; };
  };

  partition = entry: {
    name = text entry.name;
    type = text entry.type;
    size = if entry.size == "0" then "${text entry.start} to ${text entry.end}" else text entry.size;
    content = node entry.content;
  };
  # Names by which a table of an array's is known are not in /dev/disk/by-partlabel.
  labelsOn =
    content:
    if content != null && content.type == "gpt" then
      builtins.concatMap (entry: if entry ? label then [ (text entry.label) ] else [ ]) (attrValues content.partitions)
    else
      [ ];
  subvolumes = content: values (content.subvolumes or { });
  swapFiles = content: map (file: text (file.path or file.name)) (values (content.swap or { }));

  dataset = set: {
    name = text set.name;
    inherit (set) type;
    mountPoint = maybe (set.mountpoint or null);
    cipher = maybe (set.options.encryption or null);
    content = if set.type == "zfs_volume" then node set.content else null;
  };

  read = devices: {
    disks = map (disk: {
      name = text disk.name;
      device = text disk.device;
      wiped = disk.destroy or true;
      content = node disk.content;
    }) (values (devices.disk or { }));
    partitionLabels = builtins.concatMap (disk: labelsOn disk.content) (attrValues (devices.disk or { }));
    arrays = map (array: {
      name = text array.name;
      level = text array.level;
      content = node array.content;
    }) (values (devices.mdadm or { }));
    groups = map (group: {
      name = text group.name;
      volumes = map (volume: {
        name = text volume.name;
        size = text volume.size;
        content = node volume.content;
      }) (values group.lvs);
    }) (values (devices.lvm_vg or { }));
    pools = map (pool: {
      name = text pool.name;
      cipher = maybe (pool.rootFsOptions.encryption or null);
      mountPoint = maybe (pool.mountpoint or null);
      datasets = map dataset (values (pool.datasets or { }));
    }) (values (devices.zpool or { }));
    unbacked = map (mount: {
      fileSystem = text mount.fsType;
      mountPoint = maybe mount.mountpoint;
    }) (attrValues (devices.nodev or { }));
    # Kinds of devices that are not read: a later disko may have more.
    strange = builtins.filter (
      kind:
      !(builtins.elem kind [
        "disk"
        "mdadm"
        "lvm_vg"
        "zpool"
        "nodev"
      ])
      && builtins.substring 0 1 kind != "_"
      && builtins.isAttrs devices.${kind}
      && devices.${kind} != { }
    ) (attrNames devices);
  };
in
host: if host.config ? disko.devices then read host.config.disko.devices else null
