/** A board whose lines are files, behind stand-ins for libgpiod's tools (tools/gpioset says how). */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type FalseBoard = {
  /** For the environment of a process that is to see this board. */
  readonly env: { PATH: string; KANTUKD_FALSE_BOARD: string }
  /** The physical level of a line; null before anyone has set it. */
  level(line: number): 0 | 1 | null
  /** From outside, as a button does; the level is physical. */
  change(line: number, level: 0 | 1): void
  /** Process that holds a line, or null. */
  holder(line: number): number | null
  /** From now on this user may not use the chips. */
  deny(): void
}

/** A Pi 4's chips; line 17 has the name GPIO17. */
export const putBoard = (major: 1 | 2): FalseBoard => {
  const folder = mkdtempSync(join(tmpdir(), 'kantukd-board-'))
  const at = (name: string): string => join(folder, name)
  writeFileSync(at('major'), String(major))
  writeFileSync(at('chips'), 'gpiochip0 [pinctrl-bcm2711] (58 lines)\ngpiochip1 [raspberrypi-exp-gpio] (8 lines)\n')
  writeFileSync(at('names'), '5 GPIO5\n17 GPIO17\n27 SPI 0\n')
  for (const line of [5, 6]) {
    writeFileSync(at(`level-${line}`), '0')
    writeFileSync(at(`changes-${line}`), '')
  }
  const tools = fileURLToPath(new URL('tools', import.meta.url))
  return {
    env: { PATH: `${tools}:${process.env.PATH}`, KANTUKD_FALSE_BOARD: folder },
    level(line) {
      if (!existsSync(at(`level-${line}`))) return null
      return readFileSync(at(`level-${line}`), 'utf8').trim() === '1' ? 1 : 0
    },
    change(line, level) {
      writeFileSync(at(`level-${line}`), String(level))
      appendFileSync(at(`changes-${line}`), `${level}\n`)
    },
    holder: (line) => (existsSync(at(`holder-${line}`)) ? Number(readFileSync(at(`holder-${line}`), 'utf8')) : null),
    deny: () => writeFileSync(at('denied'), ''),
  }
}
