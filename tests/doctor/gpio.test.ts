/** What the doctor says of lines that cannot be had: each says whose it is. */
import { expect, it, onTestFinished, vi } from 'vitest'
import { configSchema } from '../../daemon/config/schema.js'
import { gpio } from '../../daemon/doctor/gpio.js'

it('names the part of each line, though one fault keeps both away', async () => {
  vi.stubEnv('PATH', '/nonexistent')
  onTestFinished(() => void vi.unstubAllEnvs())
  const config = configSchema.parse({ gpio: { backend: 'gpiod' }, alarm: { output: 'gpio' } })
  const found = await gpio({ config })
  expect(found.map(({ status, message }) => [status, message.split(':')[0]])).toEqual([
    ['fail', 'the buzzer cannot have line 17 of pinctrl-bcm2711'],
    ['fail', 'the led cannot have line 27 of pinctrl-bcm2711'],
  ])
})
