/** Says how far a run is and when it will be done: a bar that is redrawn on a terminal, a line now and then in a file. */

const SAY_STEPS = 20
const BAR_WIDTH = 24

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}m${String(Math.floor(seconds % 60)).padStart(2, '0')}s`

/** Gives a function that is told the step just done and its loss. */
export const progress = (name: string, steps: number, from: number): ((step: number, loss: number) => void) => {
  const began = performance.now()
  let smooth: number | null = null
  return (step, loss) => {
    smooth = smooth === null ? loss : 0.95 * smooth + 0.05 * loss
    if (step % SAY_STEPS !== 0 && step !== steps) return
    const each = (performance.now() - began) / (step - from)
    const full = Math.round((BAR_WIDTH * step) / steps)
    const bar = `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}`
    const line = `${name} ${bar} ${step}/${steps}, loss ${smooth.toFixed(4)}, ${each.toFixed(0)} ms a step, ${clock((each * (steps - step)) / 1000)} left`
    if (process.stdout.isTTY) process.stdout.write(`\r${line}${step === steps ? '\n' : ''}`)
    else console.log(line)
  }
}
