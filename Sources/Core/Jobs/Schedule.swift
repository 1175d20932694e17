/// When work comes again.
public enum Schedule: Sendable, Equatable {
    /// So long after it fired last.
    case every(Duration)
    /// At the times of a cron expression, as clocks on the wall of a time zone show them.
    case cron(CronExpression, TimeZoneName)

    /// The first time after `time`; nil for an expression that never comes true, such as the 30th of February.
    public func next(after time: Timestamp) -> Timestamp? {
        switch self {
        case .every(let interval): time + max(interval, .seconds(1))
        case .cron(let expression, let zone): expression.next(after: time, in: zone)
        }
    }

    /// Tells one definition from another; part of stored rows.
    public var definition: String {
        switch self {
        case .every(let interval): "every \(interval.components.seconds) s"
        case .cron(let expression, let zone): "\(expression.text) \(zone.text)"
        }
    }
}
