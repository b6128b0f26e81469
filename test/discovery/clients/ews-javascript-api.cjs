// ews-javascript-api as it comes: its own Autodiscover over its own transport. Prints {ms, url, error}.
const { ExchangeService, ExchangeVersion, WebCredentials } = require('ews-javascript-api')

const { email, userName, password } = JSON.parse(process.argv[2])
const service = new ExchangeService(ExchangeVersion.Exchange2013)
service.Credentials = new WebCredentials(userName, password)
const started = performance.now()
const end = (url, error) => {
  process.stdout.write(`${JSON.stringify({ ms: performance.now() - started, url, error })}\n`)
  process.exit(0)
}
service
  // As its readme shows it: redirects over https are good.
  .AutodiscoverUrl(email, (url) => url.toLowerCase().startsWith('https://'))
  .then(
    () => end(service.Url?.ToString() ?? service.Url?.toString() ?? null, null),
    (error) => end(null, String(error?.message ?? error).slice(0, 200)),
  )
