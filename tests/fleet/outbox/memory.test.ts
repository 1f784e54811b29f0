import { createMemoryOutbox } from '../../../daemon/fleet/outbox/memory.js'
import { outboxContract } from './contract.js'

outboxContract('memory', (capacity, onNews) => createMemoryOutbox({ capacity, onNews }))
