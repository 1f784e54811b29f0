/** GPIO lines over the kernel's character devices, by the tools of libgpiod. */
import type { Gpio } from '../types.js'
import { takeInput } from './input.js'
import { turnOff } from './off.js'
import { takeOutput } from './output.js'

export const createGpiod = (): Gpio => ({ name: 'gpiod', takeOutput, takeInput, turnOff })
