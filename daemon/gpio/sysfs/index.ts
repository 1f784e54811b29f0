/** GPIO lines by the package onoff, over the kernel's sysfs. */
import type { Gpio } from '../types.js'
import { takeInput } from './input.js'
import { turnOff } from './off.js'
import { takeOutput } from './output.js'

export const createSysfs = (): Gpio => ({ name: 'sysfs', takeOutput, takeInput, turnOff })
