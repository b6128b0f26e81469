/** The product's version: put in at build time from package.json, so that nothing has to look for that file at run time. */
declare const __EWS_SETUP_VERSION__: string | undefined

export const version = typeof __EWS_SETUP_VERSION__ === 'string' ? __EWS_SETUP_VERSION__ : '0.0.0'
