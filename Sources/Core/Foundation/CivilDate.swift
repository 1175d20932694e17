/// A day of the Gregorian calendar.
struct CivilDate: Equatable {
    let month: Int
    let day: Int
    /// Sunday is 0.
    let weekday: Int

    init(daysSince1970 days: Int64) {
        let civil = Timestamp.civil(days: days)
        (month, day) = (Int(civil.month), Int(civil.day))
        // 1970-01-01 was a Thursday.
        let weekday = (days + 4) % 7
        self.weekday = Int(weekday < 0 ? weekday + 7 : weekday)
    }
}
