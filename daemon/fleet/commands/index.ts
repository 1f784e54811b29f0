/** Commands of the fleet. To add one: its request in requests.ts, its work in daemon/wiring/commands, a row and a sample in docs/fleet.md. */
export { type Command, type Commands, command, fingerprintOf } from './command.js'
export { createDesk, type Desk, refused } from './desk.js'
export { type ConfigSet, commandNames, requests } from './requests.js'
export { openTransactionLog } from './transaction-log.js'
export { createTransactions, type Transactions } from './transactions.js'
