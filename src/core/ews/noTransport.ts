/**
 * Stands in the bundles for `@ewsjs/xhr`, the own transport of ews-javascript-api: requests go through our network alone, and a library
 * that has no other way cannot take one by mistake.
 */
function refuse(): never {
  throw new Error('the library has no transport of its own')
}

export class XhrApi {
  xhr = refuse
  xhrStream = refuse
  disconnect = refuse
}

export class NtlmProvider {
  preCall = refuse
}

export class CookieProvider {
  preCall = refuse
}
