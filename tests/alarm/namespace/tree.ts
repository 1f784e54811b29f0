/** A false /sys/class/gpio, as the kernel of a Pi shows it. Plain files: what is written stays, what a kernel would do does not happen. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

const ROOT = '/sys/class/gpio'

const put = (name: string, files: Record<string, string | number>): void => {
  mkdirSync(`${ROOT}/${name}`)
  for (const [file, content] of Object.entries(files)) writeFileSync(`${ROOT}/${name}/${file}`, `${content}\n`)
}

/** The two chips of a Pi 4 on kernel 6.6, and lines 17 and 27 of the first as if exported before. */
export const putTree = (): void => {
  if (existsSync(`${ROOT}/gpiochip512/subsystem`)) throw new Error('this is a real sysfs; these tests write into it')
  for (const name of readdirSync(ROOT)) rmSync(`${ROOT}/${name}`, { recursive: true })
  put('gpiochip512', { label: 'pinctrl-bcm2711', base: 512, ngpio: 58 })
  put('gpiochip570', { label: 'raspberrypi-exp-gpio', base: 570, ngpio: 8 })
  for (const number of [529, 539]) putLine(number)
  writeFileSync(`${ROOT}/export`, '')
  writeFileSync(`${ROOT}/unexport`, '')
}

export const putLine = (number: number): void => put(`gpio${number}`, { direction: 'in', value: 0, active_low: 0, edge: 'none' })

/** As somebody left it who died. */
export const switchOn = (number: number): void => {
  writeFileSync(`${ROOT}/gpio${number}/direction`, 'out\n')
  writeFileSync(`${ROOT}/gpio${number}/value`, '1\n')
}

export const removeLine = (number: number): void => rmSync(`${ROOT}/gpio${number}`, { recursive: true })

/** What a file of the tree holds. */
export const read = (file: string): string => readFileSync(`${ROOT}/${file}`, 'utf8').trim()

/** Whether a line is on in its own sense. */
export const isOn = (number: number): boolean => read(`gpio${number}/value`).startsWith('1')

export const BUZZER = 529
export const LED = 539

/** The wiring of the default configuration. */
export const wires = {
  buzzer: { chip: 'pinctrl-bcm2711', line: 17, activeLow: false },
  led: { chip: 'pinctrl-bcm2711', line: 27, activeLow: false },
}
