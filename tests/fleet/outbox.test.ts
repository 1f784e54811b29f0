import { createMemoryOutbox } from '../../daemon/fleet/outbox.js'
import { outboxContract } from './outbox-contract.js'

outboxContract('memory', createMemoryOutbox)
