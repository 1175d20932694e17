import NIOCore

/// The durations of `ConnectionLimits` in the event loop's unit, converted once for all connections.
struct ConnectionTimes: Sendable {
    let header: TimeAmount
    let body: TimeAmount
    let request: TimeAmount
    let idle: TimeAmount
    let writeStall: TimeAmount
    let disconnectGrace: TimeAmount
    let discard: TimeAmount
    /// No deadline that begins now is nearer than this, the short ones of closing aside. A timer that is never
    /// further away than this needs no re-arming when a request begins or ends.
    let tick: TimeAmount

    init(_ limits: ConnectionLimits) {
        header = TimeAmount(limits.headerDeadline)
        body = TimeAmount(limits.bodyDeadline)
        request = TimeAmount(limits.requestDeadline)
        idle = TimeAmount(limits.idle)
        writeStall = TimeAmount(limits.writeStall)
        disconnectGrace = TimeAmount(limits.disconnectGrace)
        discard = TimeAmount(limits.discardTime)
        tick = min(header, body, request, idle, writeStall)
    }
}
