/// An object that nobody needs any more: the parameters of the job that removes it.
public struct ObjectRemoval: JobParameters, Equatable {
    public static let jobName = "objects.remove"

    /// The text of its ``ObjectKey``.
    public let key: String

    public init(_ key: ObjectKey) {
        self.key = key.text
    }
}
