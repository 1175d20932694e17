/// Where an object names another: by its id, or by the object itself where a call asked to expand it.
indirect enum StripeReference<Object: StripeObject>: Sendable {
    case id(StripeID<Object>)
    case object(Object)
    /// It was there once, and nothing but its id is kept.
    case deleted(StripeID<Object>)

    var id: StripeID<Object> {
        switch self {
        case .id(let id), .deleted(let id): id
        case .object(let object): object.id
        }
    }

    /// Nil unless it came along.
    var object: Object? {
        if case .object(let object) = self { object } else { nil }
    }
}

extension StripeReference: Decodable {
    init(from decoder: any Decoder) throws {
        if let id = try? decoder.singleValueContainer().decode(StripeID<Object>.self) {
            self = .id(id)
            return
        }
        let fields = try StripeFields(decoder)
        if try fields.ifPresent("deleted") == true {
            self = .deleted(try fields("id"))
        } else {
            self = .object(try Object(from: decoder))
        }
    }
}
