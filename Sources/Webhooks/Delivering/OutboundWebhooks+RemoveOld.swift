import Core
import Persistence

extension OutboundWebhooks {
    /// Deliveries that are removed by one statement.
    private static let batch = 5000

    /// Removes the deliveries that are older than ``retention``; to be called once a day.
    public func removeOldDeliveries() async throws {
        let end = time.now() - Self.retention
        let deliveries = database.scoped(.system).webhookDeliveries
        while try await deliveries.remove(createdBefore: end, limit: Self.batch) == Self.batch {
            try Task.checkCancellation()
        }
    }
}
