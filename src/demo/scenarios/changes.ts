// What scenarios change about answers: their bodies, and their order.

import type { Answer, DemoRequest, Handler, Reply } from '../http.ts'
import { withHosts, type Plan } from './plan.ts'

/** The plan in which a host's own https answers pass through `change` before they are sent. */
export function changeAnswers(plan: Plan, name: string, change: (request: DemoRequest, reply: Reply) => Reply): Plan {
  const own = plan.hosts[name]?.https
  if (typeof own !== 'function') throw new Error(`${name} does not answer over https in this plan`)
  return withHosts(plan, [name], { https: async (request) => change(request, await own(request)) })
}

/** Replaces the good answers of Autodiscover's SOAP and POX routes, so after the login, by this body. */
export function withAutodiscoverBody(plan: Plan, name: string, body: string | Buffer): Plan {
  return changeAnswers(plan, name, (request, reply): Reply => {
    const asked = /^\/autodiscover\/autodiscover\.(svc|xml)$/.test(request.route)
    return asked && isGood(reply) ? { ...reply, body } : reply
  })
}

const isGood = (reply: Reply): reply is Answer => typeof reply !== 'string' && reply.status === 200

/** Two handlers of which the second answers a little after the first, or alone after a second. */
function oneAfterTheOther(first: Handler, second: Handler): [Handler, Handler] {
  let answered: () => void = () => undefined
  const before = new Promise<void>((resolve) => (answered = resolve))
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref())
  return [
    async (request) => {
      const reply = await first(request)
      answered()
      return reply
    },
    async (request) => {
      await Promise.race([before, pause(1_000)])
      // What the first one said has to arrive, and so have the answers of DNS that belong to it.
      await pause(80)
      return second(request)
    },
  ]
}

/** The plan in which one host answers over https after another, so that both have answered when the search ends. */
export function answeringAfter(plan: Plan, first: string, second: string): Plan {
  const [one, other] = [plan.hosts[first]?.https, plan.hosts[second]?.https]
  if (typeof one !== 'function' || typeof other !== 'function') throw new Error('both hosts answer over https')
  const [before, after] = oneAfterTheOther(one, other)
  return withHosts(withHosts(plan, [first], { https: before }), [second], { https: after })
}
