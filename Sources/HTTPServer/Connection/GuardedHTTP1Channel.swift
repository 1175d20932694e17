package import HummingbirdCore
package import Logging
package import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Hummingbird's HTTP/1.1 connection with Plinth's limits around it.
///
/// The pipeline is `ConnectionGuard`, whatever `transport` adds (TLS), the HTTP encoder and decoder, `ExchangeGuard`,
/// and Hummingbird's request loop.
package struct GuardedHTTP1Channel: ServerChildChannel, HTTPChannelHandler {
    /// An accepted connection.
    package struct Value: ServerChildChannelValue {
        package let channel: any Channel
        /// Nil for one that was turned away and is closing.
        fileprivate let served: Served?
    }

    fileprivate struct Served: Sendable {
        let parts: NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>
        /// Ends when the requests' task is to be cancelled.
        let untilCancelled: AsyncStream<Never>
        let cancel: @Sendable () -> Void
    }

    package let responder: HTTPChannelHandler.Responder
    private let settings: ConnectionSettings
    private let times: ConnectionTimes
    private let transport: @Sendable () throws -> [any ChannelHandler]

    /// - Parameter transport: makes the handlers between the socket's bytes and HTTP's, for each connection.
    package init(
        settings: ConnectionSettings,
        transport: @escaping @Sendable () throws -> [any ChannelHandler] = { [] },
        responder: @escaping HTTPChannelHandler.Responder
    ) {
        self.settings = settings
        self.transport = transport
        self.responder = responder
        times = ConnectionTimes(settings.limits)
    }

    package func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let source = channel.remoteAddress.flatMap { settings.isExempt($0) ? nil : ConnectionSource($0) }
            let limit = settings.limits.perAddressConnections
            // The channel hears of quiescing only once it has a pipeline, so a late one looks for itself.
            guard !settings.shutdown.isEnding, settings.registry.admit(channel, from: source, limit: limit) else {
                channel.close(promise: nil)
                return Value(channel: channel, served: nil)
            }
            channel.closeFuture.whenComplete { [registry = settings.registry] _ in
                registry.release(channel, from: source)
            }
            // A set-up that fails must not fail its future: the accept loop would keep the channel, open and unused.
            do {
                return Value(channel: channel, served: try makePipeline(channel))
            } catch {
                logger.debug("Connection set-up failed", metadata: ["error": "\(error)"])
                channel.close(promise: nil)
                return Value(channel: channel, served: nil)
            }
        }
    }

    private func makePipeline(_ channel: any Channel) throws -> Served {
        let (untilCancelled, continuation) = AsyncStream.makeStream(of: Never.self)
        let connection = ConnectionGuard(
            limits: settings.limits,
            times: times,
            registry: settings.registry,
            now: channel.eventLoop.now,
            cancelHandler: { continuation.finish() })
        let transport = try transport()
        let exchange = ExchangeGuard(settings: settings, connection: connection, speaksFromStart: transport.isEmpty)
        connection.attach(exchange)

        var decoderLimits = NIOHTTPDecoderLimitConfiguration()
        decoderLimits.maxHeaderFieldCount = settings.limits.maxHeaderCount
        decoderLimits.maxHeaderFieldSize = settings.limits.maxHeaderBytes
        decoderLimits.maxHeaderListSize = settings.limits.maxHeaderBytes
        let decoder = HTTPRequestDecoder(
            leftOverBytesStrategy: .dropBytes,
            informationalResponseStrategy: .drop,
            limitConfiguration: decoderLimits)

        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(connection)
        try pipeline.addHandlers(transport)
        try pipeline.addHandler(HTTPResponseEncoder())
        try pipeline.addHandler(ByteToMessageHandler(decoder))
        try pipeline.addHandler(exchange)
        let parts = try NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>(
            wrappingChannelSynchronously: channel,
            configuration: .init(isOutboundHalfClosureEnabled: true))
        return Served(parts: parts, untilCancelled: untilCancelled) { continuation.finish() }
    }

    /// Runs the connection's requests, in a task that is cancelled when its client is gone or its time is up.
    package func handle(value: Value, logger: Logger) async {
        guard let served = value.served else { return }
        await withDiscardingTaskGroup { group in
            group.addTask {
                await handleHTTP(asyncChannel: served.parts, logger: logger)
                served.cancel()
            }
            for await _ in served.untilCancelled {}
            group.cancelAll()
        }
    }
}

extension HTTPServerBuilder {
    /// An HTTP/1.1 server whose every connection is guarded.
    package static func guarded(_ settings: ConnectionSettings) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            GuardedHTTP1Channel(settings: settings, responder: responder)
        }
    }
}
