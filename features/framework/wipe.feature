@vm
Feature: A host is installed on a real target
  The target is a computer with disks of its own, started from an installer as a provider starts one. The disk script, the system, sshd, the
  boot loader and firmware are real ones of the rehearsal; of nixos-anywhere the look-alike sends the same commands.

  Rule: Nothing is wiped that is not as it was judged

    Background:
      Given a server under git that lets the owner of a computer in
      And that computer, started by the installer of its provider

    Scenario: Another name is no confirmation
      When nixcumber is called for that computer with "gate server --offline --then install --yes srever"
      Then the exit code is 2
      And nixcumber says "That is not the name of the host: nothing was changed"
      And that computer still runs its installer, with nothing on its disks

    Scenario: A disk that has changed since the verdict
      When nixcumber is told to install the server, and before its name is typed there "echo label: gpt | sfdisk --quiet /dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_SYSTEM"
      Then the exit code is 1
      And nixcumber says "WIPED /dev/sd"
      And nixcumber says "partition table of disk main"
      And nixcumber says "its disks are untouched"
      And that computer still runs its installer, with nothing on its disks

    Scenario: A host key that has changed since the verdict
      When nixcumber is told to install the server, and before its name is typed there "cd /etc/ssh && rm ssh_host_ed25519_key && ssh-keygen -q -t ed25519 -N '' -f ssh_host_ed25519_key && systemctl restart sshd"
      Then the exit code is 3
      And nixcumber says "The host key of"
      And nixcumber says "its disks are untouched"
      And that computer still runs its installer, with nothing on its disks

    Scenario: A verdict is for this computer, as long as its disks are as they were
      When nixcumber is called for that computer with "gate server --offline --sign simon.key"
      Then the exit code is 0
      And nixcumber says "preflight: 9 of 9 held"
      When nixcumber is called for that computer with "verify server.verdict.json --offline --allowed-signers simon.signers"
      Then the exit code is 0
      And nixcumber says "HOLDS  server.verdict.json"
      And nixcumber says "serial SYSTEM"
      # Bound to a target, and not looked at: no yes.
      When nixcumber is called with "verify server.verdict.json --offline --allowed-signers simon.signers"
      Then the exit code is 3
      And nixcumber says "could not be checked: target: not looked at"
      # As a wipe leaves it.
      When the owner of that computer runs "echo label: gpt | sfdisk --quiet /dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_SYSTEM"
      And nixcumber is called for that computer with "verify server.verdict.json --offline --allowed-signers simon.signers"
      Then the exit code is 1
      And nixcumber says "DOES NOT HOLD  server.verdict.json"
      And nixcumber says "partition table of disk main"

    Scenario: What cannot be started is not rebooted
      Given the installer there forgets the menu of the boot loader
      When nixcumber is called for that computer with "gate server --offline --then install --yes server"
      Then the exit code is 1
      And nixcumber says "there is no menu of GRUB or systemd-boot below /mnt"
      And nixcumber says "it was not rebooted"

  Rule: What was judged is what runs there

    Scenario: From an installer to its own disk
      Given a server under git that lets the owner of a computer in
      And that computer, started by the installer of its provider
      When nixcumber is called for that computer with "gate server --offline --then install --yes server"
      Then the exit code is 0
      And nixcumber says "REHEARSAL, with offline inputs  install server on root@127.0.0.1"
      And nixcumber says "WIPED /dev/sd"
      And nixcumber says "serial SYSTEM"
      And nixcumber says "kept  /dev/sd"
      And nixcumber says "✓ It runs as it was built, from its own disk"
      And nixcumber says "HOLDS THERE  server runs /nix/store/"
      And that computer runs from its own disk, with the key that it had
