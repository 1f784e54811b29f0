import { expect, it } from 'vitest'
import { createMemoryOutbox } from '../../../daemon/fleet/outbox/memory.js'
import { outboxContract } from './contract.js'
import { entryNumber } from './entries.js'

outboxContract('memory', (capacity, onNews) => createMemoryOutbox({ capacity, onNews }))

it('counts what it gives up, though nobody wants to be told', () => {
  const outbox = createMemoryOutbox({ capacity: 2 })
  for (const n of [1, 2, 3, 4]) outbox.put(entryNumber(n))
  expect([outbox.depth, outbox.dropped]).toEqual([2, 2])
})
