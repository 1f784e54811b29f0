/** What the walk of docs/install.md takes out of the page, and that it notices what is not seen. */
import { expect, it } from 'vitest'
import { missing, stepsOfPage } from './namespace/steps.js'

const output = '✓ gpio   line 17\n… and more\n✓ model  judges two eyes in 1.4 ms\n'

it('a line is seen where the output has it, whole, with anything for the dots', () => {
  expect(missing(['✓ gpio   line 17', '✓ model  judges two eyes in … ms'], output)).toEqual([])
  expect(missing(['✓ gpio   line 1'], output)).toEqual(['✓ gpio   line 1'])
  expect(missing(['✓ model  judges three eyes in … ms'], output)).toEqual(['✓ model  judges three eyes in … ms'])
})

it('lines are seen in their order', () => {
  expect(missing(['✓ model  …', '✓ gpio   …'], output)).toEqual(['✓ gpio   …'])
})

it('the page has the steps of the walk, and says of each but the last what should be seen', () => {
  const steps = stepsOfPage()
  expect(steps.length).toBeGreaterThanOrEqual(7)
  expect(steps.filter(({ expected }) => expected.length === 0).map(({ commands }) => commands)).toEqual(['sudo systemctl stop kantukd\n'])
})
