import Core
import Persistence

/// Only the system may ask for schedules.
struct InMemorySchedules: ScheduleRepository {
    let scope: Scope
    let access: any TableAccess

    func register(_ name: String, definition: String, nextRunAt: Timestamp) async throws {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            guard tables.schedules[name]?.definition != definition else { return }
            tables.schedules[name] = ScheduleRow(definition: definition, nextRunAt: nextRunAt)
        }
    }

    func advance(
        _ name: String, definition: String, to nextRunAt: Timestamp, at time: Timestamp
    ) async throws -> Bool {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            guard let row = tables.schedules[name], row.definition == definition, row.nextRunAt <= time else {
                return false
            }
            tables.schedules[name]?.nextRunAt = nextRunAt
            return true
        }
    }

    func upcoming() async throws -> [String: Timestamp] {
        try await access.read { tables in
            try Scope.require(scope.isSystem)
            return tables.schedules.mapValues(\.nextRunAt)
        }
    }
}
