public import Core

/// When each schedule fires next, shared by all instances.
public protocol ScheduleRepository: Sendable {
    /// Notes a schedule that is new, or whose definition changed, with the time it fires next; leaves any other alone.
    func register(_ name: String, definition: String, nextRunAt: Timestamp) async throws

    /// Takes a schedule that is due: moves it on to `nextRunAt` if it fires at or before `time`, by one atomic statement.
    /// - Parameter definition: As the caller knows it; where another has been registered since, nothing happens.
    /// - Returns: Whether this call did; of several instances one does.
    func advance(
        _ name: String, definition: String, to nextRunAt: Timestamp, at time: Timestamp
    ) async throws -> Bool

    /// When each schedule fires next, by name.
    func upcoming() async throws -> [String: Timestamp]
}
