/** Prints the table of a count of instructions, out of what it was told (scripts/arm64/instructions calls it). */
import { text } from 'node:stream/consumers'
import { median } from '../bench/numbers.js'
import { BOARDS, estimateMs } from './boards.js'
import { framesOf } from './counts.js'

const millions = (value: number): string => `${(value / 1e6).toFixed(1)} million`

const frames = framesOf((await text(process.stdin)).split('\n'))
if (frames.length === 0) throw new Error('no frame was counted: what went wrong is told above')
const look = median(frames.map((frame) => frame.look))

console.log('| | instructions of all threads |')
console.log('|---|---|')
console.log(`| reading a frame | ${millions(median(frames.map((frame) => frame.read)))} |`)
console.log(`| locate, two eyes, judgement | ${millions(look)}, the median of ${frames.length} frames |`)
console.log(`| the same for the dearest frame | ${millions(Math.max(...frames.map((frame) => frame.look)))} |`)
console.log(`| both eyes seen | in ${frames.filter(({ seen }) => seen).length} of them |`)
console.log('')
console.log('| one core of | likely | between |')
console.log('|---|---|---|')
for (const board of BOARDS) {
  const { likely, least, most } = estimateMs(look, board)
  console.log(
    `| ${board.name} (${board.core}, ${board.gigahertz} GHz, ${board.width} wide) | ${likely.toFixed(1)} ms | ${least.toFixed(1)} and ${most.toFixed(1)} ms |`,
  )
}
