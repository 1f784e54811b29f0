/** The figures as a table for people. */
import type { Result } from './result.js'

const ms = (value: number): string => `${value.toFixed(2)} ms`
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** Rows of a Markdown table. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

export function render(result: Result): string {
  const { stages, frameMs, referenceMs, cpu, running, growth } = result
  const parts = [
    `${result.recording}: ${result.frames} frames, both eyes in ${percent(result.eyeFrames / result.frames)}; ${result.machine}`,
    table(
      ['stage', 'median', '95 %'],
      Object.entries(stages).map(([name, { median, p95 }]) => [name, ms(median), ms(p95)]),
    ),
    table(
      ['a frame', 'by the clock', 'processor time'],
      [
        ['locate + two eyes + judgement', ms(frameMs), ms(cpu.frameMs)],
        ['MobileNetV2 α 1.0 at 96×96', ms(referenceMs), ms(cpu.referenceMs)],
        ['ratio', (frameMs / referenceMs).toFixed(2), (cpu.frameMs / cpu.referenceMs).toFixed(2)],
      ],
    ),
    `${result.framesPerSecond} frames a second on one core, reading and judging included`,
  ]
  if (running !== null) {
    const { memory, fps } = running
    parts.push(
      table(
        [`run at ${fps} fps`, 'RSS', 'PSS', 'share of a core'],
        [
          ['main', `${memory.main.rssMb} MB`, `${memory.main.pssMb} MB`, percent(running.mainShare)],
          ['vision', `${memory.vision.rssMb} MB`, `${memory.vision.pssMb} MB`, percent(running.visionShare)],
          ['both', `${memory.rssMb} MB`, `${memory.pssMb} MB`, percent(running.coreShare)],
        ],
      ),
    )
  }
  if (growth !== null) parts.push(`RSS over ${growth.frames} frames: ${growth.fromMb} → ${growth.toMb} MB (${growth.growthMb} MB)`)
  return `${parts.join('\n\n')}\n`
}
