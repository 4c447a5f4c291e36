import { sh } from '../../core/command.ts'
import { lines } from '../sections.ts'
import { type Section, sorted } from './section.ts'

/** `ext4 /dev/vda1, rw, relatime`, of the last one on each point: the others are hidden below it (proc_mounts(5)). */
export const mountsSection: Section = {
  name: 'mounts',
  tool: 'cat',
  command: sh`cat /proc/self/mounts`,
  parse: text =>
    sorted(
      lines(text)
        .map(line => line.split(' '))
        .filter(([, point = '']) => !PASSING.test(point))
        .map(([source = '', point = '', type = '', options = '']) => [
          point,
          [`${type}${source === type || source === 'none' ? '' : ` ${source}`}`, ...options.split(',')]
            .filter(word => !COUNTED.test(word))
            .join(', '),
        ]),
    ),
}

/** What belongs to a login, a container or a unit that runs. */
const PASSING =
  /^\/run\/(?:user|credentials|containerd|docker|netns|k3s)\/|^\/var\/lib\/(?:kubelet\/pods|docker)\/|^\/proc\/sys\/fs\/binfmt_misc/
/** By the memory there is, by process ids and inodes. */
const COUNTED = /^(?:size|nr_inodes|fd|pgrp|pipe_ino|timeout|inode32|inode64)(?:=|$)/
