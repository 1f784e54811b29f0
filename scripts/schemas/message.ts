/** A message of the contract, told or heard. */
import type { z } from 'zod'
import type { Delivery } from '../../daemon/fleet/topics.js'

export type Message = {
  /** Names its schema and its samples: `alert`, `command-ping`, `config-set`. */
  id: string
  /** From the vehicle's side. */
  action: 'send' | 'receive'
  address: string
  summary: string
  schema: z.ZodType
  delivery: Delivery
  /** Whether the vehicle answers on `result`. */
  isAnswered: boolean
}
