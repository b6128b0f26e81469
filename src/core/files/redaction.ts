/** Takes what looks like a secret out of a server's text that is quoted in evidence. Headers and bodies are chosen before, by allow-list. */

/** Anything shaped like a JWT, whole or cut off. */
const token = /\beyJ[\w-]{5,}(?:\.[\w-]*){0,4}/g
/** A login header's value inside a text; ordinary words after a scheme's name are shorter. */
const login = /\b(bearer|basic|ntlm|negotiate)\s{1,4}[\w+/.~=-]{16,}/gi
/** `name=value` and `"name":"value"` of the fields that carry secrets. */
const field =
  /\b(client_secret|client_assertion|clientsecret|password|passwort|kennwort|passwd|pwd|access_token|refresh_token|id_token|assertion|cookie|authorization)(["']?\s{0,4}[=:]\s{0,4})("[^"]{0,2000}"?|'[^']{0,2000}'?|[^\s&"'<>;,]{1,2000})/gi

/** The text, cut at `most` characters, without anything that looks like a secret. */
export function withoutSecrets(text: string, most: number): string {
  return text.slice(0, most).replace(token, '…').replace(login, '$1 …').replace(field, '$1$2…')
}
