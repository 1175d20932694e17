/// Something that is wrong with a catalogue, where, and what to do about it.
public struct CatalogueProblem: Sendable, Hashable, CustomStringConvertible {
    /// `plans[1].prices[0].currency`; counted from 0, as in the file.
    public let path: String
    /// A sentence for whoever wrote the catalogue.
    public let advice: String

    init(_ path: String, _ advice: String) {
        self.path = path
        self.advice = advice
    }

    public var description: String { path.isEmpty ? advice : "\(path): \(advice)" }
}

/// All that is wrong with a catalogue.
public struct CatalogueError: Error, Equatable, CustomStringConvertible {
    public let problems: [CatalogueProblem]

    /// A line for each problem.
    public var description: String {
        problems.map { "\($0)" }.joined(separator: "\n")
    }
}
