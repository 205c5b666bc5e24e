import type { IncomingMessage, ServerResponse } from 'node:http'
import { fail } from '@clew/domain'
import { placeOf, type Logger } from '@clew/runtime'
import type { ExportOutcome } from '../handle-export.ts'
import { replyFormatOf } from '../request/parse-content.ts'
import { statusOf, type RequestFailure } from '../request/request-failure.ts'
import type { Signal } from '../request/route.ts'
import { encodeStatus, encodeSuccess } from './encode-reply.ts'
import { sendReply, type Reply } from './send-reply.ts'

interface Export {
  req: IncomingMessage
  res: ServerResponse
  signal: Signal
  logger: Logger
  onRefused: (reason: RequestFailure['code']) => void
  /** Absent while the ingest isn't running. */
  take?: (request: { req: IncomingMessage; signal: Signal }) => Promise<ExportOutcome>
}

/** The edge of the ingest: runs the stages, catches what nobody expected, answers in the caller's encoding. */
export async function answerExport(options: Export): Promise<number> {
  const { req, res, signal, logger, onRefused, take } = options
  const outcome = take === undefined ? fail(notRunning) : await takeSafely({ req, signal, logger, take })
  const format = replyFormatOf(req.headers)
  if (outcome.ok) {
    const { partial } = outcome.value
    if (partial !== undefined) logger.info('records rejected', { signal, count: partial.rejectedCount })
    const payload = encodeSuccess({ format, signal, ...(partial === undefined ? {} : { partial }) })
    sendReply({ req, res, reply: { status: 200, format, payload } })
    return 200
  }
  const { error } = outcome
  onRefused(error.code)
  const { http, rpc } = statusOf(error.code)
  logger.info('request refused', { signal, status: http, code: error.code })
  const payload = encodeStatus({ format, code: rpc, message: error.message })
  sendReply({ req, res, reply: { status: http, format, payload, ...retryOf(error), ...headersOf(error) } })
  return http
}

async function takeSafely(args: Required<Omit<Export, 'res' | 'onRefused'>>): Promise<ExportOutcome> {
  const { req, signal, logger, take } = args
  try {
    return await take({ req, signal })
  } catch (error) {
    logger.error('export failed', { signal, error: placeOf(error) })
    return fail({ code: 'refused', message: 'Something went wrong on our side' })
  }
}

const notRunning: RequestFailure = {
  code: 'unavailable',
  message: 'The ingest is starting or stopping; try again shortly',
  retryAfterSeconds: 2,
}

function retryOf({ retryAfterSeconds }: RequestFailure): Pick<Reply, 'retryAfterSeconds'> {
  return retryAfterSeconds === undefined ? {} : { retryAfterSeconds }
}

function headersOf({ code }: RequestFailure): Pick<Reply, 'headers'> {
  if (code === 'unauthenticated') return { headers: { 'www-authenticate': 'Bearer realm="clew"' } }
  return code === 'unsupported-encoding' ? { headers: { 'accept-encoding': 'gzip, deflate' } } : {}
}
