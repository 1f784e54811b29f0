/** `npm run step-time`: how long one step of the judgement takes, over an hour of mixed driving at 30 frames a second. */
import { cpus } from 'node:os'
import { measureSteps } from './scenarios/step-time.js'

const { medianUs, p95Us, steps } = measureSteps(3600)
process.stdout.write(
  `judgement, ${steps} steps: median ${medianUs.toFixed(1)} µs, 95 % below ${p95Us.toFixed(1)} µs (${cpus()[0]?.model ?? 'unknown processor'})\n`,
)
