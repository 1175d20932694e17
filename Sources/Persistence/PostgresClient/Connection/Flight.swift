/// A batch that was sent, and what of its answer has come.
struct Flight {
    /// Something sent that is none of the batch's statements.
    struct Detour {
        enum Kind {
            case prepare(StatementKey)
            case deallocate
            /// A statement of the connection's own, or of the lease's opening.
            case prelude
        }

        /// Which of all the answers is its.
        let position: Int
        let kind: Kind
    }

    let batch: PendingBatch
    let sentAt: UInt64
    /// Whether it was sent a second time, without prepared statements.
    let isRepeated: Bool
    /// Whether the sync behind it is also that of others, so that it is done with its last answer.
    let sharesSync: Bool
    /// In the order of their positions; usually empty, so that nothing is allocated.
    private var detours: [Detour] = []
    private var nextDetour = 0
    /// How many answers are due, and how many have come.
    private var due = 0
    private var come = 0
    var results: [PostgresRows] = []
    var error: PostgresError?
    /// Whether the error was the last thing the session said, so that it doesn't tell what became of the batch.
    var isSessionOver = false
    /// Whether nothing is wrong with it but that a neighbour before it failed.
    var isAborted = false

    /// What an answer belongs to.
    enum Step {
        case statement
        case detour(Detour.Kind)
        /// To none: PostgreSQL reported a failure of the implicit commit.
        case sync
    }

    init(batch: PendingBatch, sentAt: UInt64, isRepeated: Bool, sharesSync: Bool = false) {
        self.batch = batch
        self.sharesSync = sharesSync
        self.sentAt = sentAt
        self.isRepeated = isRepeated
        results.reserveCapacity(batch.statements.count)
    }

    /// Whether all its answers have come, the sync aside.
    var isAnswered: Bool { come == due }

    mutating func willSendStatement() {
        due += 1
    }

    mutating func willSend(_ kind: Detour.Kind) {
        detours.append(Detour(position: due, kind: kind))
        due += 1
    }

    /// What the answer that has just come belongs to.
    mutating func advance() -> Step {
        guard come < due else { return .sync }
        defer { come += 1 }
        guard nextDetour < detours.count, detours[nextDetour].position == come else { return .statement }
        nextDetour += 1
        return .detour(detours[nextDetour - 1].kind)
    }
}
