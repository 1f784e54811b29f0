import { expect, it } from 'vitest'
import { createConditions } from '../../daemon/health/conditions.js'

it('says a condition once when it comes and once when it goes, and lists those that stand', () => {
  const said: string[] = []
  const log = { info: (message: string) => said.push(`info ${message}`), error: (message: string) => said.push(`error ${message}`) }
  const conditions = createConditions(log, ['config-last-good'])
  conditions.tell('hot', true, 'hot')
  conditions.tell('hot', true, 'hot')
  expect(conditions.list()).toEqual(['config-last-good', 'hot'])
  conditions.tell('hot', false, 'cool again')
  conditions.tell('hot', false, 'cool again')
  conditions.tell('hot', true, null)
  conditions.tell('hot', false, null)
  expect([conditions.list(), said]).toEqual([['config-last-good'], ['error hot [hot]', 'info cool again']])
})
