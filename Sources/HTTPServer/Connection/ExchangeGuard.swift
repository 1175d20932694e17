import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// The HTTP/1 half of a connection's protection: takes one request at a time from the parser, checks it, passes it
/// on in HTTPTypes, and decides with its response whether the connection lives on.
///
/// It stands where Hummingbird's own pipeline has `HTTP1ToHTTPServerCodec`, not behind it: behind it a request has
/// neither version nor second Host, and each path has gone through `URLComponents`.
final class ExchangeGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    let settings: ConnectionSettings
    let connection: ConnectionGuard
    /// The client's first bytes are HTTP, so that even a client that never sends a whole head can be answered.
    let speaksFromStart: Bool
    var exchange = Exchange()
    /// Requests sent before the current one was answered. While there are any, nothing is read.
    private var pipelined = CircularBuffer<HTTPServerRequestPart>()
    private var heldRead = false
    /// Answered once the requests before it are.
    private var pendingProblem: ConnectionProblem?
    /// The last response is written or being written by this handler: nothing else goes in or out.
    private(set) var isClosing = false
    private(set) var context: ChannelHandlerContext?

    init(settings: ConnectionSettings, connection: ConnectionGuard, speaksFromStart: Bool) {
        self.settings = settings
        self.connection = connection
        self.speaksFromStart = speaksFromStart
    }

    /// A request is being worked on, or a last response sent.
    var isBusy: Bool { exchange.isActive || isClosing }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosing else { return }
        let part = unwrapInboundIn(data)
        if !pipelined.isEmpty {
            pipelined.append(part)
        } else if case .head = part, exchange.isActive {
            pipelined.append(part)
        } else {
            pass(part, context: context)
        }
    }

    func read(context: ChannelHandlerContext) {
        if pipelined.isEmpty {
            context.read()
        } else {
            heldRead = true
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case HTTPParserError.closedConnection:
            // Bytes after a request that said it was the last.
            connection.discardInput()
        case HTTPParserError.headerOverflow:
            parserFailed(.headersTooLarge)
        case is HTTPParserError:
            parserFailed(.malformed)
        case is ByteToMessageDecoderError:
            break  // More bytes for a parser that has failed before.
        default:
            context.fireErrorCaught(error)
        }
    }

    private func pass(_ part: HTTPServerRequestPart, context: ChannelHandlerContext) {
        switch part {
        case .head(let head):
            begin(head, context: context)
        case .body(let bytes):
            guard exchange.isActive else { return }
            guard exchange.bodyArrived(bytes.readableBytes) else { return refuse(.bodyTooLarge) }
            context.fireChannelRead(wrapInboundOut(.body(bytes)))
        case .end(let trailers):
            guard exchange.isActive else { return }
            exchange.requestDidEnd()
            connection.requestEnded()
            // The parser may be stuck behind it, or more bytes would be an error: either way they are not wanted.
            if exchange.closes { connection.discardInput() }
            context.fireChannelRead(wrapInboundOut(.end(trailers.map(Self.fields))))
        }
    }

    private func begin(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        do {
            let accepted = try RequestHead(head, isSecure: settings.isSecure)
            exchange.begin(accepted.traits, bodyLimit: settings.limits.maxBodyBytes)
            connection.requestBegan()
            context.fireChannelRead(wrapInboundOut(.head(accepted.request)))
        } catch {
            refuse(error)
        }
    }

    /// Goes on with the requests that came early, after a response that keeps the connection.
    func passPipelined() {
        guard let context, !pipelined.isEmpty else { return answerPendingProblem() }
        while !isClosing, let next = pipelined.first {
            if case .head = next, exchange.isActive { break }
            pipelined.removeFirst()
            pass(next, context: context)
        }
        context.fireChannelReadComplete()
        if pipelined.isEmpty, heldRead {
            heldRead = false
            context.read()
        }
        answerPendingProblem()
    }

    /// Whatever could not be parsed comes after everything that could.
    private func parserFailed(_ problem: ConnectionProblem) {
        guard pendingProblem == nil, !isClosing else { return }
        connection.discardInput()
        pendingProblem = problem
        answerPendingProblem()
    }

    private func answerPendingProblem() {
        guard let pendingProblem, pipelined.isEmpty, !(exchange.isActive && exchange.requestEnded) else { return }
        refuse(pendingProblem)
    }

    func beginClosing() {
        isClosing = true
        pipelined.removeAll()
        connection.flushingBegan()
    }

    private static func fields(_ headers: HTTPHeaders) -> HTTPFields {
        var fields = HTTPFields()
        for (name, value) in headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields.append(HTTPField(name: name, value: value))
        }
        return fields
    }
}
