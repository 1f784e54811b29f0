import { describe, expect, it } from 'vitest'
import { createConsoleOutput } from '../../daemon/alarm/console.js'
import { describeAlarmOutput } from './contract.js'

const onPaper = (isTTY = false) => {
  const printed: string[] = []
  const output = createConsoleOutput({ isTTY, write: (text: string) => printed.push(text) })
  return { output, printed }
}

describeAlarmOutput('console', () => {
  const { output, printed } = onPaper()
  return {
    output,
    lines: () => ({ buzzer: printed.at(-1)?.includes('BUZZER on') ?? false, led: printed.at(-1)?.includes('LED on') ?? false }),
  }
})

describe('console', () => {
  it('prints a line on every change, and only then', () => {
    const { output, printed } = onPaper()
    output.set({ buzzer: true, led: true })
    output.set({ buzzer: true, led: true })
    output.set({ buzzer: false, led: true })
    output.close()
    output.close()
    expect(printed).toEqual(['BUZZER on   LED on \n', 'BUZZER off  LED on \n', 'BUZZER off  LED off\n'])
  })

  it('shows the buzzer red on a terminal', () => {
    const { output, printed } = onPaper(true)
    output.set({ buzzer: true, led: false })
    expect(printed[0]).toContain('\u001b[1;31mBUZZER on')
  })
})
