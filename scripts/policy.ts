/** `npm run policy`: writes the judgement's numbers, as the code has them, into docs/policy.md. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readFigures, withFigures } from './policy/numbers.js'

const file = fileURLToPath(new URL('../docs/policy.md', import.meta.url))
writeFileSync(file, withFigures(readFileSync(file, 'utf8'), readFigures()))
