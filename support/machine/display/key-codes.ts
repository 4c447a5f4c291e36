/** QEMU's names for keys: QKeyCode of qapi/ui.json, without those of rare keyboards. */
export const KEY_CODES = [
  ...['shift', 'shift_r', 'alt', 'alt_r', 'ctrl', 'ctrl_r', 'meta_l', 'meta_r', 'menu'],
  ...['esc', 'tab', 'ret', 'spc', 'backspace', 'caps_lock', 'num_lock', 'scroll_lock', 'sysrq', 'print', 'pause'],
  ...['up', 'down', 'left', 'right', 'home', 'end', 'pgup', 'pgdn', 'insert', 'delete'],
  ...['f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7', 'f8', 'f9', 'f10', 'f11', 'f12'],
  ...['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm'],
  ...['n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z'],
  ...['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  ...['minus', 'equal', 'bracket_left', 'bracket_right', 'semicolon', 'apostrophe', 'grave_accent', 'backslash'],
  ...['comma', 'dot', 'slash', 'asterisk', 'less'],
  ...['kp_0', 'kp_1', 'kp_2', 'kp_3', 'kp_4', 'kp_5', 'kp_6', 'kp_7', 'kp_8', 'kp_9'],
  ...['kp_enter', 'kp_add', 'kp_subtract', 'kp_multiply', 'kp_divide', 'kp_decimal'],
  ...['power', 'sleep', 'resume', 'volumeup', 'volumedown', 'audiomute'],
] as const
export type QKeyCode = (typeof KEY_CODES)[number]
