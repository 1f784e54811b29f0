/** `npm run golden`: the golden samples of the shipped models anew, after a change of a model or of the drawn patches. */
import { writeGolden } from './train/golden.js'

await writeGolden()
