/// Thrown in a unit of work to give it up.
struct Abandoned: Error, Equatable {}
