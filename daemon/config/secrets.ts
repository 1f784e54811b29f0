/** Takes out of a line of a configuration or of the log what nobody else may read. */

// Whatever people call one, misspelt or in words of their own: `pasword`, `pwd`, `psk`, `key`, `keyFile`, `kata_sandi`.
const NAMED = /(\b(?:\w*(?:pas+w|passphrase|sandi|pwd|secret|token|credential|api_?key)\w*|pass|pw|psk|key|keyFile)["']?\s*:\s*)(\S.*)$/i
// What is given as the name of a file may be the secret itself, by mistake; a name is shown where it looks like one.
const FILE_KEY = /file["']?\s*:\s*$/i
const FILE_NAME = /^["']?(?:\.{0,2}\/[\w./ -]+|[\w. -]+\.(?:pem|key|crt|cer|txt))(?=["',}\]\s]|$)/
const LOGIN_IN_ADDRESS = /(:\/\/)([^/\s]*)(?=@)/g
// A key of 128 bits and more, as openssl rand -hex writes it; a hash is one, too, and nobody misses it in a faulty line.
const HEXADECIMAL = /\b[\da-f]{32,}\b/gi

const stars = (text: string): string => '*'.repeat(text.length)

/** The value of anything named like a secret, a login inside an address, and a long hexadecimal number become asterisks; the length stays. */
export const maskSecrets = (line: string): string =>
  line
    .replace(NAMED, (whole, key: string, value: string) => (FILE_KEY.test(key) && FILE_NAME.test(value) ? whole : key + stars(value)))
    .replace(LOGIN_IN_ADDRESS, (_, slashes: string, login: string) => slashes + stars(login))
    .replace(HEXADECIMAL, stars)
